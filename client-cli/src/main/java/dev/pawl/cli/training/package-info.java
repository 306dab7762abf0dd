/** What the launcher runs once per build to record the classes that commands load. */
@NullMarked
package dev.pawl.cli.training;

import org.jspecify.annotations.NullMarked;
