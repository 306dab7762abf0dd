/** Runs, attempts and step executions, and how they may change. */
@NullMarked
package dev.pawl.server.run;

import org.jspecify.annotations.NullMarked;
