package dev.pawl.core.assertion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Described;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;

/** {@code core/assert}: fails the step when a condition is false. It touches nothing. */
public final class AssertModel implements Model {
  private static final ModelDescriptor DESCRIPTOR = Described.by("core-assert.json");

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException {
    if (!method.equals("check")) {
      throw Refused.method(DESCRIPTOR.type(), method);
    }
    if (!arguments.path("that").asBoolean()) {
      String said = arguments.path("message").asText();
      throw Refused.because(
          Reason.ASSERTION_FAILED,
          said.isBlank() ? "the condition in 'that' is false; give 'message' to say more" : said);
    }
    return MethodResult.of(Json.object().put("passed", true), Outcome.EXECUTED);
  }
}
