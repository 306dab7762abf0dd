/** {@code http/request}: any HTTP request, under the create protocol where it has an effect. */
@NullMarked
package dev.pawl.core.http;

import org.jspecify.annotations.NullMarked;
