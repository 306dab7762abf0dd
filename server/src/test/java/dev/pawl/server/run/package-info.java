@NullMarked
package dev.pawl.server.run;

import org.jspecify.annotations.NullMarked;
