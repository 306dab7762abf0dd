/** {@code git/repository}: clone, commit and push in the workspace, by JGit. */
@NullMarked
package dev.pawl.core.git;

import org.jspecify.annotations.NullMarked;
