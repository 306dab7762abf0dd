package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failures;
import dev.pawl.cli.remote.Channels;
import dev.pawl.cli.remote.Session;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;

/** A session with the embedded server, which it starts if need be and keeps alive. */
public final class EmbeddedSession implements Session {
  private final AttachOrStart attachOrStart;
  private final Wishes wishes;
  private Attachment attachment;
  private ManagedChannel channel;

  private EmbeddedSession(AttachOrStart attachOrStart, Wishes wishes)
      throws IOException, InterruptedException {
    this.attachOrStart = attachOrStart;
    this.wishes = wishes;
    this.attachment = attachOrStart.run();
    this.channel = Channels.plaintext(attachment.address());
  }

  /**
   * Attaches to the directory's server, started if need be, and tells it the wishes.
   *
   * @throws CliException if it can't be started, or can't fulfil them
   */
  public static EmbeddedSession open(Path dataDir, ServerProcess process, Wishes wishes)
      throws IOException, InterruptedException {
    EmbeddedSession session = new EmbeddedSession(new AttachOrStart(dataDir, process), wishes);
    try {
      session.attachment.connect(wishes);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public String description() {
    return (attachment.isEmbedded() ? "the embedded server at " : "") + attachment.address();
  }

  /** The server that runs this session, for who wants to stop it. */
  public long pid() {
    return attachment.pid();
  }

  public void keepRunning() {
    attachment.keepRunning();
  }

  @Override
  public void reconnect() {
    close();
    try {
      attachment = attachOrStart.run();
      channel = Channels.plaintext(attachment.address());
      attachment.connect(wishes);
    } catch (IOException | InterruptedException e) {
      throw new CliException(Failures.of(e), e);
    }
  }

  @Override
  public void close() {
    Channels.close(channel);
    attachment.close();
  }
}
