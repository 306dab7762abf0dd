package dev.pawl.core.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.TestContext;
import org.junit.jupiter.api.AfterEach;

/** A site, a context, and the calls that the tests make. */
abstract class HttpTest {
  final Site site = new Site();
  final HttpRequestModel model = new HttpRequestModel();
  TestContext context = TestContext.of("http/request", "hook").build();

  @AfterEach
  void close() {
    site.close();
  }

  /** {@code POST /things} with a body. */
  final ObjectNode post() {
    ObjectNode arguments = Json.object().put("method", "POST").put("url", site.url("/things"));
    arguments.putObject("body").put("name", "hook");
    return arguments;
  }

  final MethodResult send(ObjectNode arguments) throws MethodException, InterruptedException {
    return model.invoke("send", arguments, context);
  }

  final MethodException refused(ObjectNode arguments) {
    return refused("send", arguments);
  }

  final MethodException refused(String method, ObjectNode arguments) {
    MethodException thrown =
        catchThrowableOfType(MethodException.class, () -> model.invoke(method, arguments, context));
    if (thrown == null) {
      throw new AssertionError(method + " went through");
    }
    return thrown;
  }

  final void adopts() {
    CreateOptions def = CreateOptions.DEFAULT;
    context =
        context
            .with()
            .options(
                new CreateOptions(
                    def.verify(), def.onChange(), CreateOptions.Adopt.ON_CONFLICT, null, false))
            .build();
  }

  final StoredResource row() {
    return context.dataRepository().read(context.key());
  }
}
