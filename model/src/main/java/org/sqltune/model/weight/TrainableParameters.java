package org.sqltune.model.weight;

import java.util.List;
import java.util.Optional;

/** What is trained of a decoder, by the place where its gradients arise. */
public interface TrainableParameters {
    /** Parameters used inside one layer, in a fixed order. */
    List<Parameter> layer(int index);

    /** Parameters of the norm behind the last layer. */
    List<Parameter> finalNorm();

    /** The head, if it is trained. It may be the embedding too. */
    Optional<Parameter> head();

    /** The embedding, if it is trained. It may be the head too. */
    Optional<Parameter> embedding();

    /** Every parameter once, in the order in which they are saved. */
    List<Parameter> all();

    /** Number of elements trained. */
    default long count() {
        return all().stream().mapToLong(each -> each.master().count()).sum();
    }
}
