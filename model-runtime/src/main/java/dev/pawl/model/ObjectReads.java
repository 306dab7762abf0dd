package dev.pawl.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.data.StoredResource;
import java.util.List;
import java.util.Optional;

/**
 * An API's objects as they are, for whoever mends or checks what is stored of them. Only reads: it
 * needs a context whose connection sends nothing but GET.
 */
public interface ObjectReads {

  /** What tells the object that a create of ours has made from every other. */
  enum Recognition {
    /** The object carries the marker of its resource key. */
    MARKER,
    /** The client chose its identity: that it exists does not tell who made it. */
    CHOSEN_ID,
    /** Some fields are unique: that one has the same does not tell who made it. */
    ALIKE,
    /** Nothing. */
    NONE
  }

  /** What tells our objects from others. */
  Recognition recognition();

  /**
   * Reads one object by its id.
   *
   * @param externalId as {@link SeenObject#externalId}; where all its parents are in {@code
   *     arguments}, its own part is enough
   * @param arguments of its create, as far as they are known
   * @throws MethodException OBJECT_NOT_FOUND when the API says so twice, or shows it as deleted;
   *     INVALID_ARGUMENTS for an id of another shape; UNSUPPORTED_BY_MODEL when nothing reads one;
   *     API_REFUSED, API_UNAUTHENTICATED, RATE_LIMITED, UNREACHABLE, NO_CONNECTION; VERIFY_UNKNOWN
   *     when it answered otherwise
   */
  SeenObject find(String externalId, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException;

  /**
   * Reads the object of a stored resource; otherwise as {@link #find}. An object that shows another
   * creation time than the stored one gives VERIFY_UNKNOWN.
   */
  SeenObject check(StoredResource row, MethodContext context)
      throws MethodException, InterruptedException;

  /** Whether {@link #list} can be asked at all. */
  boolean isListed();

  /**
   * What names the collection that an object lies in, such as its parents.
   *
   * @param identity of the object, as far as it is known
   * @param arguments of its create, as far as they are known
   * @return empty where a part of it is in neither
   */
  Optional<ObjectNode> collection(ObjectNode identity, ObjectNode arguments);

  /**
   * Every object of a collection that has an id and is not shown as deleted.
   *
   * @param collection from {@link #collection}
   * @throws MethodException UNSUPPORTED_BY_MODEL when nothing lists them; else why it could not be
   *     read to its end
   */
  List<SeenObject> list(ObjectNode collection, MethodContext context)
      throws MethodException, InterruptedException;

  /** The id that a create with these arguments would choose; empty where the API chooses it. */
  Optional<String> chosenId(ObjectNode arguments);

  /** Whether an object has the unique fields' values of these arguments; only for ALIKE. */
  boolean isAlike(SeenObject object, ObjectNode arguments);

  /** The arguments without secrets, as they are stored and compared. */
  ObjectNode comparable(ObjectNode arguments);
}
