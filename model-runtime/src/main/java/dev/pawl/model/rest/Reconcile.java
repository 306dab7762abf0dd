package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/** How a create in doubt is resolved, from the strongest that the API offers to none. */
public sealed interface Reconcile {

  /** The strategy's name in reports: KEY, CLIENT_ID, MARKER, NATURAL_KEY or NONE. */
  String strategy();

  /** What is left when no request token helps: this, or the innermost strategy behind a token. */
  default Reconcile withoutToken() {
    return this;
  }

  /**
   * The API replays its first answer under one request token.
   *
   * @param token where the request carries it
   * @param next what to do when the replay gives no answer
   * @param lifetime how long the API keeps a token; default 75 min: no API read for this design
   *     forgets one sooner, and a token forgotten makes a second object
   */
  record Key(RequestToken token, Reconcile next, Duration lifetime) implements Reconcile {
    /** What is assumed where the API says nothing. */
    public static final Duration LIFETIME = Duration.ofMinutes(75);

    public Key {
      requireNonNull(token, "token");
      requireNonNull(next, "next");
      requireNonNull(lifetime, "lifetime");
    }

    /** In a header, with the default lifetime. */
    public Key(String header, Reconcile next) {
      this(header, next, LIFETIME);
    }

    /** In a header. */
    public Key(String header, Reconcile next, Duration lifetime) {
      this(RequestToken.header(header), next, lifetime);
    }

    /** How long a token may be sent again: 0.8 of its lifetime (DESIGN section 4). */
    public Duration repeatable() {
      return lifetime.multipliedBy(4).dividedBy(5);
    }

    @Override
    public String strategy() {
      return "KEY";
    }

    @Override
    public Reconcile withoutToken() {
      return next.withoutToken();
    }
  }

  /** The caller chose the identity: read it back. */
  record ClientId() implements Reconcile {
    @Override
    public String strategy() {
      return "CLIENT_ID";
    }
  }

  /**
   * The object carries our marker.
   *
   * @param field JSON pointer to the field, the same in the request body and in a listed item
   * @param shape what the field holds
   */
  record Marker(String field, Shape shape) implements Reconcile {
    /** What a marker's field holds. */
    public enum Shape {
      /** An array of strings, to which the marker is added. */
      STRINGS,
      /** An object, in which {@code pawl} maps to the marker. */
      MAP
    }

    public Marker {
      requireNonNull(field, "field");
      requireNonNull(shape, "shape");
    }

    @Override
    public String strategy() {
      return "MARKER";
    }
  }

  /**
   * No other object has the same values in these fields.
   *
   * @param fields JSON pointers, the same in the request body and in a listed item
   * @param createdAt JSON pointer in a listed item to its creation time; empty where there is none
   */
  record NaturalKey(List<String> fields, String createdAt) implements Reconcile {
    public NaturalKey {
      fields = List.copyOf(fields);
      requireNonNull(createdAt, "createdAt");
    }

    @Override
    public String strategy() {
      return "NATURAL_KEY";
    }
  }

  /** Nothing can be proven; a person or an agent decides. */
  record None() implements Reconcile {
    @Override
    public String strategy() {
      return "NONE";
    }
  }
}
