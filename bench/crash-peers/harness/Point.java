package dev.pawl.bench;

/** Where the executing process is killed. */
enum Point {
  BEFORE_SEND("before the send", 1),
  ARRIVED("sent, the API forgets it", 1),
  COMMITTED("committed, the answer not read", 1),
  ANSWERED("answer read, step not recorded", 1),
  RECOVERING("committed, and again in recovery", 2),
  LOST("no kill: answer lost after commit", 0);

  final String words;
  final int kills;

  Point(String words, int kills) {
    this.words = words;
    this.kills = kills;
  }
}
