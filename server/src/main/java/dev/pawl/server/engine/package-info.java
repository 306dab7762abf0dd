/** The verbs of running workflows; leases and threads live here. */
@NullMarked
package dev.pawl.server.engine;

import org.jspecify.annotations.NullMarked;
