/** The one road from a throwable to a status. */
@NullMarked
package dev.pawl.server.api.error;

import org.jspecify.annotations.NullMarked;
