package dev.pawl.cli.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedSessionTest {
  @TempDir Path dataDir;

  @AfterEach
  void stopWhatIsLeft() throws Exception {
    for (long pid : starts()) {
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      if (process.isPresent()) {
        process.get().destroyForcibly();
        process.get().onExit().get(60, SECONDS);
      }
    }
  }

  @Test
  void tenCommandsShareOneServerThatEndsWithTheLast() throws Exception {
    List<EmbeddedSession> sessions = openTogether(10);
    long pid = sessions.getFirst().pid();
    assertThat(sessions).allMatch(session -> session.pid() == pid);
    assertThat(starts()).containsExactly(pid);

    // The first to come is the first to go, and the others' server stays.
    EmbeddedSession last = sessions.removeLast();
    sessions.forEach(EmbeddedSession::close);
    assertThat(Attachment.to(ServerFile.read(dataDir).orElseThrow()))
        .hasValueSatisfying(Attachment::close);

    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    assertThat(server.isAlive()).isTrue();
    last.close();
    // Well below the time after which a process that waits for itself gives up.
    server.onExit().get(25, SECONDS);
    assertThat(ServerFile.read(dataDir)).isEmpty();
  }

  @Test
  void aServerThatWasKilledIsReplaced() throws Exception {
    EmbeddedSession session = open(Wishes.NONE);
    long killed = session.pid();
    kill(killed);
    assertThat(ServerFile.read(dataDir)).isPresent();

    session.reconnect();
    assertThat(session.pid()).isNotEqualTo(killed);
    assertThat(starts()).hasSize(2);
    session.close();
  }

  @Test
  void aServerThatIsToldToStopCleansUpFirst() throws Exception {
    try (EmbeddedSession session = open(Wishes.NONE)) {
      ProcessHandle server = ProcessHandle.of(session.pid()).orElseThrow();
      server.destroy();
      server.onExit().get(25, SECONDS);
      assertThat(ServerFile.read(dataDir)).isEmpty();
    }
  }

  @Test
  void anAddressFileOfAnotherLifeIsNoServer() throws Exception {
    new ServerFile(
            new HostPort("127.0.0.1", 1), 1, Optional.of(new HostPort("127.0.0.1", 1)), "old")
        .write(dataDir);
    try (EmbeddedSession session = open(Wishes.NONE)) {
      assertThat(starts()).containsExactly(session.pid());
    }
  }

  @Test
  void aHalfWrittenAddressFileIsNoServer() throws Exception {
    Files.writeString(dataDir.resolve("server.address"), "127.0.0.1:");
    try (EmbeddedSession session = open(Wishes.NONE)) {
      assertThat(starts()).containsExactly(session.pid());
    }
  }

  @Test
  void aServerThatDoesNotStartSaysWhy() throws Exception {
    Files.createFile(dataDir.resolve("broken"));
    assertThatThrownBy(() -> open(Wishes.NONE))
        .isInstanceOf(CliException.class)
        .hasMessage("the embedded server did not start: the database is older than PostgreSQL 15");
  }

  @Test
  void keptItStaysWithoutClients() throws Exception {
    EmbeddedSession session = open(Wishes.NONE);
    long pid = session.pid();
    session.keepRunning();
    session.close();
    try (EmbeddedSession another = open(Wishes.NONE)) {
      assertThat(another.pid()).isEqualTo(pid);
    }
  }

  @Test
  void wishesReachTheServerAgainAfterItWasKilled() throws Exception {
    Wishes wishes =
        new Wishes(List.of(connection("github", "http://127.0.0.1:8/")), List.of("digitalocean"));
    try (EmbeddedSession session = open(wishes)) {
      List<String> once =
          List.of("github http://127.0.0.1:8 -", "digitalocean http://127.0.0.1:9 sandbox-1");
      assertThat(connected()).isEqualTo(once);
      kill(session.pid());
      Files.delete(dataDir.resolve("connected"));
      session.reconnect();
      assertThat(connected()).isEqualTo(once);
    }
  }

  @Test
  void allowedProgramsReachTheServer() throws Exception {
    try (EmbeddedSession session = open(new Wishes(List.of(), List.of(), List.of("git", "make")))) {
      assertThat(session.pid()).isPositive();
      assertThat(dataDir.resolve("allowed")).hasContent("git,make");
    }
  }

  @Test
  void aNameThatIsConnectedElsewhereIsRefusedNamingBoth() throws Exception {
    try (EmbeddedSession first =
        open(new Wishes(List.of(connection("github", "http://one/")), List.of()))) {
      assertThat(first.pid()).isPositive();
      assertThatThrownBy(
              () -> open(new Wishes(List.of(connection("github", "http://two/")), List.of())))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("http://one")
          .hasMessageContaining("http://two");
    }
  }

  @Test
  void theAddressStandsAloneOnTheFirstLineForItsOwnerOnly() throws Exception {
    try (EmbeddedSession session = open(Wishes.NONE)) {
      Path file = dataDir.resolve("server.address");
      assertThat(session.description()).endsWith(" " + Files.readAllLines(file).getFirst());
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }
  }

  @Test
  void whoDoesNotKnowTheSecretIsTurnedAway() throws Exception {
    try (EmbeddedSession session = open(Wishes.NONE)) {
      ServerFile file = ServerFile.read(dataDir).orElseThrow();
      assertThat(session.pid()).isEqualTo(file.pid());
      assertThat(
              Attachment.to(new ServerFile(file.address(), file.pid(), file.control(), "guessed")))
          .isEmpty();
    }
  }

  private EmbeddedSession open(Wishes wishes) throws IOException, InterruptedException {
    return EmbeddedSession.open(dataDir, HostUnderTest.process(), wishes);
  }

  private List<EmbeddedSession> openTogether(int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Callable<EmbeddedSession>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(() -> open(Wishes.NONE));
      }
      List<EmbeddedSession> sessions = new ArrayList<>();
      for (Future<EmbeddedSession> session : threads.invokeAll(all)) {
        sessions.add(session.get());
      }
      return sessions;
    }
  }

  private static ConnectionSettings connection(String name, String url) {
    return new ConnectionSettings(
        name, url, null, Auth.BEARER, null, ConnectionSettings.CONNECT_TIMEOUT);
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(60, SECONDS);
  }

  private List<String> connected() throws IOException {
    return Files.readAllLines(dataDir.resolve("connected"));
  }

  private List<Long> starts() throws IOException {
    Path starts = HostUnderTest.starts(dataDir);
    return Files.exists(starts)
        ? Files.readAllLines(starts).stream().map(Long::valueOf).toList()
        : List.of();
  }
}
