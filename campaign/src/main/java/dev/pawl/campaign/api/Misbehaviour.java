package dev.pawl.campaign.api;

import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How an API misbehaves; as made, not at all. Each method sets one knob and gives this back. */
public final class Misbehaviour {
  /** What becomes of the tags that a create carries. */
  public enum Tags {
    KEPT,
    /** Shown only 20 s after the object. */
    LATE,
    DROPPED,
    /** Dropped from every second object. */
    SOMETIMES_DROPPED
  }

  Duration listLag = Duration.ZERO;
  Duration readLag = Duration.ZERO;
  Duration clockSkew = Duration.ZERO;
  Tags tags = Tags.KEPT;
  boolean reusesIds;
  boolean shiftsPages;
  boolean staleReplica;
  boolean archivesNames;
  boolean upserts;
  boolean storesFailures;
  boolean forgetsTokens;
  boolean forgetsOperations;
  @Nullable Duration removedAfter;
  @Nullable Duration strangerFollows;
  IntFunction<@Nullable PostFault> posts = send -> null;
  IntFunction<@Nullable Reply> reads = read -> null;
  Duration startsUp = Duration.ZERO;

  /** The same API once its faults have stopped: what it drops, it goes on to drop. */
  public Misbehaviour mended() {
    return new Misbehaviour().tags(tags == Tags.DROPPED ? Tags.DROPPED : Tags.KEPT);
  }

  /** Lists show an object so long after it was made. */
  public Misbehaviour listLag(Duration lag) {
    listLag = lag;
    return this;
  }

  /** Reads of one show it so long after it was made. */
  public Misbehaviour readLag(Duration lag) {
    readLag = lag;
    return this;
  }

  /** {@code created_at} runs ahead by so much. */
  public Misbehaviour clockSkew(Duration skew) {
    clockSkew = skew;
    return this;
  }

  public Misbehaviour tags(Tags what) {
    tags = what;
    return this;
  }

  /** A new object takes the lowest id that is free, those of removed ones included. */
  public Misbehaviour reusesIds() {
    reusesIds = true;
    return this;
  }

  /** Every second listing misses one object between its first and its second page. */
  public Misbehaviour shiftsPages() {
    shiftsPages = true;
    return this;
  }

  /** Every second listing, and every second read of one, knows nothing of the last 10 minutes. */
  public Misbehaviour staleReplica() {
    staleReplica = true;
    return this;
  }

  /** Every name counts as taken by something that no read shows. */
  public Misbehaviour archivesNames() {
    archivesNames = true;
    return this;
  }

  /** A create of a taken name is answered 201 with the object that is there. */
  public Misbehaviour upserts() {
    upserts = true;
    return this;
  }

  /** A failure is replayed for ever under its token. */
  public Misbehaviour storesFailures() {
    storesFailures = true;
    return this;
  }

  /** Tokens are taken and mean nothing. */
  public Misbehaviour forgetsTokens() {
    forgetsTokens = true;
    return this;
  }

  /** An operation is unknown a second after it has begun. */
  public Misbehaviour forgetsOperations() {
    forgetsOperations = true;
    return this;
  }

  /** The first object of each key is removed by somebody so long after it was made. */
  public Misbehaviour removedAfter(Duration time) {
    removedAfter = time;
    return this;
  }

  /** So long after the first create of each key, somebody else makes an object that looks alike. */
  public Misbehaviour strangerFollows(Duration time) {
    strangerFollows = time;
    return this;
  }

  /** The fault of the n-th create of a key, from 1; null: none. */
  public Misbehaviour posts(IntFunction<@Nullable PostFault> fault) {
    posts = fault;
    return this;
  }

  /** The answer to the n-th read or page of a key or collection, from 1; null: the true one. */
  public Misbehaviour reads(IntFunction<@Nullable Reply> fault) {
    reads = fault;
    return this;
  }

  /** From the first create of each key on, everything is answered 404 in HTML for so long. */
  public Misbehaviour startsUp(Duration time) {
    startsUp = time;
    return this;
  }
}
