package dev.pawl.codegen.ir;

import dev.pawl.model.rest.ApiDescriptor;
import java.util.List;

/**
 * All that was understood of an API.
 *
 * @param name the first part of its model types
 * @param title in the document's words
 * @param descriptor where it lives and how one signs in
 * @param connectionParams parameters of its paths that the connection gives, and why
 * @param resources sorted by kind
 * @param skipped every POST that is no resource's create, sorted by path
 * @param warnings what is wrong with the document
 */
public record Api(
    String name,
    String title,
    ApiDescriptor descriptor,
    List<Inferred<String>> connectionParams,
    List<Resource> resources,
    List<Skipped> skipped,
    List<String> warnings) {
  public Api {
    connectionParams = List.copyOf(connectionParams);
    resources = List.copyOf(resources);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }
}
