/** One HTTP request at a time, with every outcome told apart: never sent, answered, lost. */
@NullMarked
package dev.pawl.model.http;

import org.jspecify.annotations.NullMarked;
