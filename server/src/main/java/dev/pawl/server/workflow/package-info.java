/** What a workflow is: the definition's nouns, free of how they are read, checked or run. */
@NullMarked
package dev.pawl.server.workflow;

import org.jspecify.annotations.NullMarked;
