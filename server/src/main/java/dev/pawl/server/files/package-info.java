/** Workspaces on this machine's disk: folders read, written and removed, whoever they belong to. */
@NullMarked
package dev.pawl.server.files;

import org.jspecify.annotations.NullMarked;
