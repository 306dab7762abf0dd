package dev.pawl.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** What a call was refused for, as {@code docs/errors.md} lists it. */
public final class Reasons {
  private Reasons() {}

  /** The {@code ErrorInfo.reason}, such as CLAIM_HELD; empty where the failure names none. */
  public static String of(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return "";
    }
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(
            detail -> {
              try {
                return detail.unpack(ErrorInfo.class).getReason();
              } catch (InvalidProtocolBufferException e) {
                return "";
              }
            })
        .findFirst()
        .orElse("");
  }
}
