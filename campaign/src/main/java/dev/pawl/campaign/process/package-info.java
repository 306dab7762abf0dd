/** Processes that share one virtual time, and die, stop and wake where they are told to. */
@NullMarked
package dev.pawl.campaign.process;

import org.jspecify.annotations.NullMarked;
