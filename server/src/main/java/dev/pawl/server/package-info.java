/** The server as one thing that starts and stops. */
@NullMarked
package dev.pawl.server;

import org.jspecify.annotations.NullMarked;
