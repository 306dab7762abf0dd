@NullMarked
package dev.pawl.server.engine;

import org.jspecify.annotations.NullMarked;
