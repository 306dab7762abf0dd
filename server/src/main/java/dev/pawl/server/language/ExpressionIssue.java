package dev.pawl.server.language;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in an expression.
 *
 * @param offset in the expression, in code points
 * @param message what is wrong
 * @param suggestion what was probably meant; null where nothing is near
 */
record ExpressionIssue(int offset, String message, @Nullable String suggestion) {}
