/** What authors of models test with: stored state in memory, a context, and time that obeys. */
@NullMarked
package dev.pawl.model.testkit;

import org.jspecify.annotations.NullMarked;
