package dsa.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without these a proxy is missed behind which a whole laboratory sits, or one asked for naught.
 */
final class EnvironmentProxiesTest {

  private static String proxy(String target, Map<String, String> environment) {
    return new EnvironmentProxies(environment).select(URI.create(target)).get(0).address()
            instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }

  @Test
  void theVariableOfTheSchemeIsReadBeforeTheOneForAll() {
    Map<String, String> all =
        Map.of("http_proxy", "plain:1", "HTTPS_PROXY", "http://sealed:2/", "all_proxy", "all:3");
    assertEquals("plain:1", proxy("http://far.example/a", all));
    assertEquals("sealed:2", proxy("https://far.example/a", all));
    assertEquals("all:3", proxy("https://far.example/a", Map.of("all_proxy", "all:3")));
    assertEquals("p:1080", proxy("https://far.example/a", Map.of("https_proxy", "p")));
    assertEquals("direct", proxy("http://far.example/a", Map.of("HTTP_PROXY", "of-a-client:1")));
    assertEquals("direct", proxy("https://far.example/a", Map.of("https_proxy", " ")));
    assertEquals("direct", proxy("https://far.example/a", Map.of()));
  }

  @Test
  void hostsThatAreListedAndThisMachineAreReachedDirectly() {
    Map<String, String> some =
        Map.of("all_proxy", "p:1", "no_proxy", "near.example, .inside ,,10.0.0.7");
    assertEquals("direct", proxy("http://near.example/", some));
    assertEquals("direct", proxy("http://www.near.example/", some));
    assertEquals("direct", proxy("http://a.INSIDE/", some));
    assertEquals("direct", proxy("http://10.0.0.7:80/", some));
    assertEquals("p:1", proxy("http://notnear.example/", some));
    assertEquals("direct", proxy("http://localhost:80/", some));
    assertEquals("direct", proxy("http://127.0.0.1:80/", some));
    assertEquals("direct", proxy("http://[::1]:80/", some));
    assertEquals("direct", proxy("http://far.example", Map.of("all_proxy", "p", "NO_PROXY", "*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1", "http://me:secret@p:1", "http://", "a b", "https://p:1"})
  void whatIsNoPlainHttpProxyIsRefusedWithoutSayingIt(String text) {
    EnvironmentProxies proxies = new EnvironmentProxies(Map.of("https_proxy", text));
    URI target = URI.create("https://far.example/");
    assertEquals(
        "the environment variable https_proxy must name an HTTP proxy without a password,"
            + " http://HOST:PORT; correct it, or list the server in no_proxy",
        assertThrows(IllegalArgumentException.class, () -> proxies.select(target)).getMessage());
  }
}
