/** What has been made so far, and the journal that lets it outlive the process. */
@NullMarked
package dev.pawl.sandbox.state;

import org.jspecify.annotations.NullMarked;
