package dsa.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Fetches a file of known length over HTTP, going on where an earlier attempt ended. */
final class Download {

  private static final int ATTEMPTS = 20;

  private final Duration connecting;
  private final Duration silence;
  private final EnvironmentProxies proxies;

  /**
   * A way to download.
   *
   * @param connecting how long a connection may take to come about
   * @param silence how long a server may send nothing
   * @param proxies by way of which servers are asked
   */
  Download(Duration connecting, Duration silence, EnvironmentProxies proxies) {
    this.connecting = connecting;
    this.silence = silence;
    this.proxies = proxies;
  }

  /** The connection ended before the file did. */
  private static final class CutException extends IOException {
    private static final long serialVersionUID = 1L;

    CutException(String message) {
      super(message);
    }
  }

  /**
   * Makes {@code partial} as long as the file. What it holds already is taken for the beginning; if
   * the server knows nothing of parts, it is fetched anew. When a connection is cut, another goes
   * on, as long as each brings something.
   *
   * @param bytes length of the whole file
   * @param arrived is told how many bytes are there
   * @throws SourceException if the server cannot be reached or has something else, or the
   *     environment's proxy for it cannot be used; what has arrived stays
   * @throws FileSystemException if {@code partial} cannot be written
   */
  void complete(URI source, Path partial, long bytes, LongConsumer arrived)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies)
            .connectTimeout(connecting)
            .build();
    for (int attempt = 1; ; attempt++) {
      long before = Files.exists(partial) ? Files.size(partial) : 0;
      if (before == bytes) {
        return;
      }
      if (before > bytes) {
        Files.delete(partial);
        before = 0;
      }
      try {
        if (request(client, source, partial, before, bytes, arrived)) {
          return;
        }
        Files.delete(partial); // the server cannot go on from there
      } catch (CutException e) {
        if (attempt == ATTEMPTS || !Files.exists(partial) || Files.size(partial) <= before) {
          throw new SourceException(e.getMessage());
        }
      }
    }
  }

  /** Whether the rest came; not if the server has no such part. */
  private boolean request(
      HttpClient client, URI source, Path partial, long before, long bytes, LongConsumer arrived)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(source).timeout(silence).header("User-Agent", "dsa");
    if (before > 0) {
      request.header("Range", "bytes=" + before + "-");
    }
    HttpResponse<InputStream> response = answer(client, request.build());
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      boolean part = status == 206 && before > 0;
      if (status == 416 && before > 0) {
        return false;
      }
      if (part) {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + before + "-")) {
          return false;
        }
      } else if (status != 200) {
        throw new SourceException("answers with HTTP status " + status);
      }
      long start = part ? before : 0;
      long offered = start + response.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (offered >= start && offered != bytes) {
        throw new SourceException("has a file of " + offered + " bytes instead of " + bytes);
      }
      save(body, partial, start, bytes, arrived);
      return true;
    }
  }

  private HttpResponse<InputStream> answer(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new SourceException(reason(e) + proxies.remark(request.uri()));
    } catch (IllegalArgumentException e) { // of the proxies
      throw new SourceException("is not asked: " + e.getMessage());
    }
  }

  private static String reason(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "its host is not known here";
      }
    }
    if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
      return "cannot be reached";
    }
    if (failure instanceof HttpTimeoutException) {
      return "does not answer";
    }
    return "fails: " + (failure.getMessage() == null ? failure : failure.getMessage());
  }

  private void save(InputStream body, Path partial, long start, long bytes, LongConsumer arrived)
      throws IOException {
    AtomicLong total = new AtomicLong(start);
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Download::daemon);
    try (OutputStream out =
        new DiskStream(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            start == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
      closeWhenSilent(watch, body, total);
      byte[] buffer = new byte[1 << 16];
      while (true) {
        int read = readSome(body, buffer);
        if (read < 0) {
          break;
        }
        if (total.get() + read > bytes) {
          throw new SourceException("has a file of more than " + bytes + " bytes");
        }
        out.write(buffer, 0, read);
        arrived.accept(total.addAndGet(read));
      }
    } finally {
      watch.shutdownNow();
    }
    if (total.get() < bytes) {
      throw new CutException("ends after " + total + " of " + bytes + " bytes");
    }
  }

  private static int readSome(InputStream body, byte[] buffer) throws CutException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new CutException("breaks off (" + e.getMessage() + ")");
    }
  }

  /** A body has no timeout of its own: somebody else has to close it. */
  private void closeWhenSilent(ScheduledExecutorService watch, InputStream body, AtomicLong total) {
    AtomicLong seen = new AtomicLong(-1);
    long period = silence.toMillis();
    ScheduledFuture<?> unused =
        watch.scheduleAtFixedRate(
            () -> {
              if (seen.getAndSet(total.get()) == total.get()) {
                try {
                  body.close();
                } catch (IOException e) {
                  // the reader meets the same failure and reports it
                }
              }
            },
            period,
            period,
            TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "silence");
    thread.setDaemon(true);
    return thread;
  }
}
