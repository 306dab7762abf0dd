package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.rest.Listing;

/**
 * The operation that lists a resource's siblings.
 *
 * @param operation as the document has it
 * @param itemsPointer from a page to its items
 * @param item an item's schema
 * @param keyPointer from an item to its key; empty where it has none
 * @param paging how to get the next page
 */
public record ListEndpoint(
    ApiOperation operation,
    String itemsPointer,
    Schema item,
    String keyPointer,
    Listing.Paging paging) {}
