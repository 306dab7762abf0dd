@NullMarked
package dev.pawl.maven;

import org.jspecify.annotations.NullMarked;
