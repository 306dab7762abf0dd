/** The gRPC services and the server that offers them: one class per service. */
@NullMarked
package dev.pawl.server.api;

import org.jspecify.annotations.NullMarked;
