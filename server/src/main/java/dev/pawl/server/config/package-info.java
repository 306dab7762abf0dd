/** What a server is told: options, and the file that holds more of them. */
@NullMarked
package dev.pawl.server.config;

import org.jspecify.annotations.NullMarked;
