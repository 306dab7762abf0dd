package dev.pawl.campaign;

import dev.pawl.campaign.api.Misbehaviour;
import dev.pawl.campaign.api.Misbehaviour.Tags;
import dev.pawl.campaign.api.PostFault;
import dev.pawl.campaign.api.PostFault.Ending;
import dev.pawl.campaign.api.Reply;
import dev.pawl.campaign.process.Trouble;
import dev.pawl.campaign.process.Trouble.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A case thrown by a seed: several faults and troubles at once, within what Pawl promises. What is
 * made late and what is shown late add up to less than the quarantine.
 */
public final class RandomCase {
  private static final int LAST_EVENT = 90;

  private RandomCase() {}

  /** The same for the same seed. */
  public static Case of(long seed) {
    Random random = new Random(seed);
    Strategy strategy = strategy(seed, random);
    List<Trouble> troubles = troubles(random);
    boolean beside = troubles.stream().anyMatch(t -> wakes(t.kind()));
    boolean strangers = random.nextInt(5) == 0 && strategy != Strategy.CLIENT_ID;
    long api = random.nextLong();
    return new Case(
        strategy,
        "seed " + seed,
        () -> misbehaviour(new Random(api), strategy, beside || strangers),
        strangers,
        Fault.Kind.WITHIN,
        troubles);
  }

  /** Every fifth seed is of an operation, so that the others are the cases that they ever were. */
  private static Strategy strategy(long seed, Random random) {
    List<Strategy> plain = new ArrayList<>(List.of(Strategy.values()));
    List<Strategy> begun = plain.stream().filter(Strategy::isBegun).toList();
    plain.removeAll(begun);
    int dice = random.nextInt(plain.size());
    return seed % 5 == 0 ? begun.get(dice % begun.size()) : plain.get(dice);
  }

  private static boolean wakes(Kind kind) {
    return kind == Kind.STOPS || kind == Kind.SUSPENDED;
  }

  private static List<Trouble> troubles(Random random) {
    List<Trouble> out = new ArrayList<>();
    int processes = random.nextInt(4);
    for (int process = 1; process <= processes; process++) {
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        out.add(trouble(random, process));
      }
    }
    return out;
  }

  private static Trouble trouble(Random random, int process) {
    int event = 1 + random.nextInt(LAST_EVENT);
    int dice = random.nextInt(10);
    Kind kind =
        dice < 5
            ? Kind.DIES
            : switch (dice) {
              case 5 -> Kind.STORE_FAILS;
              case 6 -> Kind.CANCELLED;
              case 7 -> Kind.DELETES;
              case 8 -> Kind.SUSPENDED;
              default -> Kind.STOPS;
            };
    int until =
        kind == Kind.DELETES ? 1 + random.nextInt(World.STEPS.size()) : 1 + random.nextInt(40);
    return new Trouble(process, event, kind, until);
  }

  /** Two looks must not both miss something, so what blinds every second one stands alone. */
  private static Misbehaviour misbehaviour(Random random, Strategy strategy, boolean crowded) {
    Misbehaviour how = new Misbehaviour();
    boolean blinks = !crowded && random.nextInt(6) == 0;
    int late = blinks ? 0 : random.nextInt(20);
    if (blinks) {
      how = random.nextBoolean() ? how.staleReplica() : how.shiftsPages();
    } else if (random.nextInt(3) == 0) {
      how.listLag(Duration.ofSeconds(random.nextInt(20)))
          .readLag(Duration.ofSeconds(random.nextInt(20)));
    }
    if (random.nextInt(4) == 0) {
      how.clockSkew(Duration.ofSeconds(random.nextInt(181) - 90));
    }
    if (random.nextInt(6) == 0) {
      how.removedAfter(Duration.ofSeconds(1 + random.nextInt(100)));
    }
    if (random.nextInt(6) == 0) {
      how.storesFailures();
    }
    if (strategy == Strategy.CLIENT_ID && random.nextInt(4) == 0) {
      how.upserts();
    }
    if (random.nextInt(8) == 0) {
      how.tags(Tags.DROPPED);
    }
    double faulty = random.nextDouble() * 0.7;
    double blind = random.nextInt(3) == 0 ? random.nextDouble() * 0.4 : 0;
    Random dice = new Random(random.nextLong());
    return how.posts(n -> n <= 4 && dice.nextDouble() < faulty ? post(dice, late) : null)
        .reads(n -> dice.nextDouble() < blind ? read(dice) : null);
  }

  private static PostFault post(Random dice, int late) {
    return switch (dice.nextInt(13)) {
      case 0 -> PostFault.never(Ending.LOST, 0);
      case 1 -> PostFault.made(Ending.LOST, 0);
      case 2 -> PostFault.late(Duration.ofSeconds(late + 1L));
      case 3 -> PostFault.never(Ending.STATUS, 500);
      case 4 -> PostFault.made(Ending.STATUS, 500);
      case 5 -> PostFault.never(Ending.RETRY_AFTER, 429);
      case 6 -> PostFault.made(Ending.RETRY_AFTER, 429);
      case 7 -> PostFault.never(Ending.STATUS, 422);
      case 8 -> PostFault.never(Ending.UNREACHABLE, 0);
      case 9 -> PostFault.made(Ending.TRUNCATED, 201);
      case 10 -> PostFault.made(Ending.NO_ID, 201);
      case 11 -> PostFault.made(Ending.MADE, 202);
      default -> PostFault.never(Ending.HTML, 404);
    };
  }

  private static @Nullable Reply read(Random dice) {
    return switch (dice.nextInt(6)) {
      case 0 -> Reply.says(503, "later");
      case 1 -> Reply.says(401, "who?");
      case 2 -> Reply.says(429, "slower");
      case 3 -> Reply.html(404);
      case 4 -> Reply.html(200);
      default -> new Reply.Lost();
    };
  }
}
