/** What goes to stdout: text for people, one JSON document for programs. */
@NullMarked
package dev.pawl.cli.output;

import org.jspecify.annotations.NullMarked;
