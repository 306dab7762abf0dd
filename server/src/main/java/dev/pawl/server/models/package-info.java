/** Finding model classes and calling them. */
@NullMarked
package dev.pawl.server.models;

import org.jspecify.annotations.NullMarked;
