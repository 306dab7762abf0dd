/** Requests in, answers and faults out. */
@NullMarked
package dev.pawl.sandbox.http;

import org.jspecify.annotations.NullMarked;
