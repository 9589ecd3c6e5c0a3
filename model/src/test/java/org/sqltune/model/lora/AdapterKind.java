package org.sqltune.model.lora;

import java.nio.file.Path;
import java.util.Locale;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A folder under src/test/resources/adapters: an adapter of PEFT's and what PEFT computes with it. */
enum AdapterKind {
    RSLORA,
    DORA,
    DORA_FUSED,
    DORA_DROPOUT,
    PISSA,
    PISSA_RSLORA,
    PATTERNS,
    LAYERS,
    PATHS;

    ParityFixture fixture() {
        return new ParityFixture(ParityFixture.of("gqa_tied")
                .folder()
                .resolveSibling(Path.of("..", "adapters", name().toLowerCase(Locale.ROOT)))
                .normalize());
    }

    ParityFixture base() {
        return ParityFixture.of(fixture().json("expected.json").path("base").asText());
    }

    Decoder decoder(Torch torch, ElementType type) {
        return base().decoder(torch, type);
    }

    LoraAdapter load(Decoder decoder) {
        return PeftAdapterFiles.load(fixture().folder().resolve("adapter"), decoder);
    }
}
