package dev.pawl.server.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.ObjectReads;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.StoredResource;
import java.util.List;

/** What a type's API shows, by reads alone. */
public final class ApiObjects {
  private final ObjectReads reads;
  private final MethodContext context;

  ApiObjects(ObjectReads reads, MethodContext context) {
    this.reads = reads;
    this.context = context;
  }

  /** What can be asked, and what is known without asking. */
  public ObjectReads reads() {
    return reads;
  }

  /**
   * The account that is looked at.
   *
   * @throws MethodException NO_CONNECTION
   */
  public String account() throws MethodException {
    return context.http().account();
  }

  /** As {@link ObjectReads#find}. */
  public SeenObject find(String externalId, ObjectNode arguments)
      throws MethodException, InterruptedException {
    return reads.find(externalId, arguments, context);
  }

  /** As {@link ObjectReads#check}. */
  public SeenObject check(StoredResource row) throws MethodException, InterruptedException {
    return reads.check(row, context);
  }

  /** As {@link ObjectReads#list}. */
  public List<SeenObject> list(ObjectNode collection) throws MethodException, InterruptedException {
    return reads.list(collection, context);
  }
}
