/**
 * The protocol with one of its precautions taken out, by standing between it and its store or API:
 * the campaign has to notice each. Nothing of production code can be switched so.
 */
@NullMarked
package dev.pawl.campaign.controls;

import org.jspecify.annotations.NullMarked;
