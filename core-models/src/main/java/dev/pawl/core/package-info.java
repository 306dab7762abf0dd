/** Models that come with Pawl and belong to no API; how each is safe to run again is its own. */
@NullMarked
package dev.pawl.core;

import org.jspecify.annotations.NullMarked;
