package dsa.trainer.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine with the tempers of servers elsewhere, by path. */
final class ArchiveServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] archive;

  /** What was asked for: path, and the range if one was given. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  ArchiveServer(byte[] archive) throws IOException {
    this.archive = archive;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? path : path + " " + range);
    int from = range == null ? 0 : Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
    try (exchange) {
      switch (path) {
        case "/whole" -> part(exchange, from, archive.length);
        case "/cut" -> part(exchange, from, Math.min(archive.length, from + archive.length / 2));
        case "/no-ranges" -> send(exchange, 200, 0, archive.length, archive.length);
        case "/no-such-range" -> {
          if (from > 0) {
            exchange.sendResponseHeaders(416, -1);
          } else {
            part(exchange, 0, archive.length);
          }
        }
        case "/other-part" -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 1-2/" + archive.length);
          send(exchange, from == 0 ? 200 : 206, 0, archive.length, archive.length);
        }
        case "/moved" -> {
          exchange.getResponseHeaders().set("Location", "/whole");
          exchange.sendResponseHeaders(302, -1);
        }
        case "/silent" -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive, 0, 1000);
          exchange.getResponseBody().flush();
          Thread.sleep(20_000);
        }
        case "/unmeasured" -> { // longer than the archive, and no word of how long
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(archive);
          exchange.getResponseBody().write(archive);
        }
        case "/short" -> send(exchange, 200, 0, 10, 10);
        case "/wrong" -> {
          byte[] wrong = archive.clone();
          wrong[wrong.length / 2] ^= 1;
          exchange.sendResponseHeaders(200, wrong.length);
          exchange.getResponseBody().write(wrong);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void part(HttpExchange exchange, int from, int to) throws IOException {
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (archive.length - 1) + "/" + archive.length);
    }
    send(exchange, from > 0 ? 206 : 200, from, to, archive.length - from);
  }

  /** Ends the connection if fewer bytes are sent than announced. */
  private void send(HttpExchange exchange, int status, int from, int to, int announced)
      throws IOException {
    exchange.sendResponseHeaders(status, announced);
    OutputStream body = exchange.getResponseBody();
    body.write(archive, from, to - from);
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
