package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

/**
 * How to list a resource's siblings completely.
 *
 * @param operation the list operation
 * @param itemsPointer from a page to its array of items
 * @param keyPointer from an item to the value of the item's own key
 * @param paging how to get the next page
 */
public record Listing(Operation operation, String itemsPointer, String keyPointer, Paging paging) {
  public Listing {
    requireNonNull(operation, "operation");
    requireNonNull(itemsPointer, "itemsPointer");
    requireNonNull(keyPointer, "keyPointer");
    requireNonNull(paging, "paging");
  }

  /** How to get the next page. */
  public sealed interface Paging {
    /** One page holds all. */
    record None() implements Paging {}

    /**
     * Counted pages, from 1; the end is a page shorter than asked for.
     *
     * @param pageParameter query parameter of the page number
     * @param sizeParameter query parameter of the page size; empty where there is none: the end is
     *     then an empty page
     * @param size the size asked for
     */
    record Pages(String pageParameter, String sizeParameter, int size) implements Paging {}

    /**
     * Items counted from 0; the end is a page shorter than asked for.
     *
     * @param offsetParameter query parameter of the first item
     * @param sizeParameter query parameter of the page size
     * @param size the size asked for
     */
    record Offset(String offsetParameter, String sizeParameter, int size) implements Paging {}

    /**
     * The answer holds the next page's token, or the last item's key serves as one.
     *
     * @param tokenParameter query parameter of the token
     * @param tokenPointer from the answer to the next token; empty: the last item's key
     * @param morePointer from the answer to a boolean that says whether there is more; empty: a
     *     missing token says there is not
     */
    record Cursor(String tokenParameter, String tokenPointer, String morePointer)
        implements Paging {}

    /**
     * The answer holds the next page's URL.
     *
     * @param urlPointer from the answer to the URL, absolute or with a path alone
     */
    record NextUrl(String urlPointer) implements Paging {}
  }
}
