/** What each operation means: create, read, list, update, delete, or none of these. */
@NullMarked
package dev.pawl.sandbox.inference;

import org.jspecify.annotations.NullMarked;
