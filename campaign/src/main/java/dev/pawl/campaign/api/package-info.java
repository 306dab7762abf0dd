/** An API that misbehaves on order and writes down all that it ever did. */
@NullMarked
package dev.pawl.campaign.api;

import org.jspecify.annotations.NullMarked;
