package dev.pawl.server.api;

import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.ModelMapper;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.engine.DescribeModels;
import dev.pawl.server.engine.DescribeModels.Description;
import dev.pawl.v1.GetModelRequest;
import dev.pawl.v1.GetModelResponse;
import dev.pawl.v1.ListModelsRequest;
import dev.pawl.v1.ListModelsResponse;
import dev.pawl.v1.ModelServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.List;

/** {@code pawl.v1.ModelService}. */
public final class ModelApi extends ModelServiceGrpc.ModelServiceImplBase {
  private final DescribeModels models;

  @Inject
  public ModelApi(DescribeModels models) {
    this.models = models;
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> out) {
    Answer.with(
        "ListModels",
        out,
        () -> {
          int size = Pages.size(request.getPageSize());
          String prefix = Fields.limited("type_prefix", request.getTypePrefix(), Fields.MAX_NAME);
          Pages pages = Pages.of("ListModels", prefix);
          List<String> cursor = pages.cursor(request.getPageToken(), 1);
          List<Description> found =
              models.list(prefix, cursor.isEmpty() ? "" : cursor.getFirst(), size + 1);
          ListModelsResponse.Builder answer = ListModelsResponse.newBuilder();
          found.stream().limit(size).map(ModelMapper::brief).forEach(answer::addModels);
          if (found.size() > size) {
            answer.setNextPageToken(pages.token(List.of(found.get(size - 1).descriptor().type())));
          }
          return answer.build();
        });
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> out) {
    Answer.with(
        "GetModel",
        out,
        () -> {
          String type = Fields.required("model_type", request.getModelType(), Fields.MAX_NAME);
          return GetModelResponse.newBuilder()
              .setModel(ModelMapper.whole(models.find(type)))
              .build();
        });
  }
}
