package dev.pawl.campaign;

import dev.pawl.campaign.api.Ledger;
import dev.pawl.campaign.process.Trouble;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen of one case: Pawl's answers and rows on one side, the API's ledger on the other.
 */
public final class Journal {
  final List<Answer> answers = new ArrayList<>();
  final Map<String, Instant> completed = new HashMap<>();
  final Map<String, Instant> deleted = new HashMap<>();
  final List<Violation> seen = new ArrayList<>();
  final Map<String, StoredResource> rows = new LinkedHashMap<>();
  final Map<String, List<Evidence>> evidence = new HashMap<>();
  final List<Throwable> unexpected = new ArrayList<>();
  final Map<Trouble, String> struck = new LinkedHashMap<>();
  Ledger ledger = new Ledger();
  Instant lastRun = Instant.MAX;
  Instant end = Instant.MAX;

  List<Answer> answers(String step) {
    return answers.stream().filter(a -> a.step().equals(step)).toList();
  }
}
