@NullMarked
package dev.pawl.server.models;

import org.jspecify.annotations.NullMarked;
