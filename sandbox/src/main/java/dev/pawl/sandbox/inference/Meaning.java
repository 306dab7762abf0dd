package dev.pawl.sandbox.inference;

import java.util.Optional;

/** What an operation does to the things an API keeps. */
public sealed interface Meaning {
  /** Makes a new item. */
  record Create(ResourceKind kind) implements Meaning {}

  record Read(ResourceKind kind) implements Meaning {}

  /** Changes an item; {@code absent} says what happens when there is none. */
  record Update(ResourceKind kind, WhenAbsent absent) implements Meaning {}

  record Delete(ResourceKind kind) implements Meaning {}

  record ListItems(ResourceKind kind) implements Meaning {}

  /** Deletes what the query selects. */
  record DeleteMany(ResourceKind kind) implements Meaning {}

  /** A path without a key that shows the newest item of a kind. */
  record ReadNewest(ResourceKind kind) implements Meaning {}

  record DeleteNewest(ResourceKind kind) implements Meaning {}

  /**
   * The one document at this very path; it is there from the beginning, or from its first write.
   */
  record ReadSetting(WhenAbsent absent) implements Meaning {}

  record WriteSetting() implements Meaning {}

  record DeleteSetting() implements Meaning {}

  /** A list of things that no request makes. */
  record ListNothing() implements Meaning {}

  /** Anything else; {@code target} is the kind of the item it is aimed at. */
  record Act(Optional<ResourceKind> target) implements Meaning {}

  /** What a request about a missing thing gets. */
  enum WhenAbsent {
    REFUSE,
    MAKE
  }
}
