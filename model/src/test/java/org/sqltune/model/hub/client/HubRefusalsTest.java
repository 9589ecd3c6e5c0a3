package org.sqltune.model.hub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.hub.Fault.Status;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.client.HubException.Reason;

/** What a reader is told when the hub says no, and who gets to see the token. */
class HubRefusalsTest {
    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    private HubFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new HubFixture(hub.address(), cache);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private FakeRepository model(String name) {
        return hub.model(name)
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"vocab\":{}}")
                .with("model.safetensors", "weights");
    }

    private void assertThatItIsRefused(String name, Reason reason, String message) {
        assertThatThrownBy(() -> fixture.model(name))
                .isInstanceOfSatisfying(
                        HubException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessage(message.replace("HUB", hub.address().toString()));
    }

    @Test
    void aModelThatIsNotThereOrPrivate() {
        assertThatItIsRefused(
                "nobody/nothing",
                Reason.NO_REPOSITORY,
                "HUB has no model nobody/nothing that you may read. Check the name; a private one needs HF_TOKEN, a token"
                        + " of an account that may read it (HUB/settings/tokens); a data set needs --dataset");
    }

    @Test
    void aModelThatIsNotThereForSomebodyWithAToken() {
        fixture.token("hf_mine");
        assertThatItIsRefused(
                "nobody/nothing",
                Reason.NO_REPOSITORY,
                "HUB has no model nobody/nothing that you may read. Check the name; a private one needs a token of an"
                        + " account that may read it; a data set needs --dataset");
    }

    @Test
    void aPrivateModelComesWithTheRightToken() {
        model("owner/private").token = "hf_mine";
        assertThatThrownBy(() -> fixture.model("owner/private")).hasMessageContaining("HF_TOKEN");
        fixture.token("hf_mine");
        assertThat(fixture.model("owner/private").resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void aTokenThatIsNotAccepted() {
        model("owner/name");
        hub.fail("api", new Status(401, Map.of("X-Error-Message", "Invalid credentials in Authorization header")));
        fixture.token("hf_old");
        assertThatItIsRefused(
                "owner/name",
                Reason.FORBIDDEN,
                "HUB doesn't accept your token for the model owner/name: it is wrong or expired, or the name is. Make a"
                        + " new one at HUB/settings/tokens and set HF_TOKEN, or unset it if the repository is public");
    }

    @Test
    void aGatedModelForSomebodyUnknown() {
        FakeRepository gated = model("meta/gated");
        gated.gated = true;
        gated.token = "hf_accepted";
        assertThatItIsRefused(
                "meta/gated",
                Reason.FORBIDDEN,
                "The model meta/gated is gated: its terms are at HUB/meta/gated: log in there, accept the terms, and set"
                        + " HF_TOKEN to a token of that account (HUB/settings/tokens)");
    }

    @Test
    void aGatedModelForSomebodyWhoHasNotAcceptedItsTerms() {
        FakeRepository gated = model("meta/gated");
        gated.gated = true;
        gated.token = "hf_accepted";
        fixture.token("hf_mine");
        assertThatItIsRefused(
                "meta/gated",
                Reason.FORBIDDEN,
                "The model meta/gated is gated: its terms are at HUB/meta/gated: accept them there with the account whose"
                        + " token you use, wait until access is granted, and try again");
    }

    @Test
    void aTokenWithoutTheRight() {
        model("owner/name");
        hub.fail("api", new Status(403, Map.of("X-Error-Message", "Fine-grained token may not read gated models")));
        fixture.token("hf_mine");
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageContaining(
                        "doesn't let you read the model owner/name (Fine-grained token may not read gated models): if ")
                .hasMessageContaining("/owner/name shows terms, accept them; else give your token the right to read it")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aRevisionThatIsNotThere() {
        model("owner/name");
        assertThatThrownBy(() -> fixture.hub()
                        .refresh(
                                new RepositoryRevision(new RepositoryId(RepositoryType.MODEL, "owner/name"), "v9"),
                                FileSelection.MODEL))
                .hasMessage("The model owner/name has no revision v9: give a branch, a tag or a whole commit hash, see "
                        + hub.address() + "/owner/name/tree/main");
    }

    @Test
    void aFileThatIsNotThere() {
        model("owner/name");
        hub.fail("model.safetensors", new Status(404, Map.of()));
        hub.fail("config.json", new Status(404, Map.of("X-Error-Code", "EntryNotFound")));
        assertThatItIsRefused(
                "owner/name",
                Reason.NO_FILE,
                "The model owner/name (0123456789abcdef0123456789abcdef01234567) has no file config.json: see"
                        + " HUB/owner/name");
    }

    @Test
    void anAddressThatIsNoHub() {
        model("owner/name");
        hub.fail("api", new Status(204, Map.of()));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageContaining("doesn't answer with a list of files: check HF_ENDPOINT");
        hub.fail("api", new Status(418, Map.of()));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageContaining("answers 418 for model owner/name (main)");
    }

    @Test
    void theTokenIsShownToTheHubAlone() {
        model("owner/name");
        fixture.token("hf_mine");
        fixture.model("owner/name");
        assertThat(hub.asked())
                .filteredOn(asked -> asked.server().equals("hub"))
                .extracting(FakeHub.Asked::token)
                .hasSize(4)
                .containsOnly("Bearer hf_mine");
        assertThat(hub.asked())
                .filteredOn(asked -> asked.server().equals("store"))
                .extracting(FakeHub.Asked::token)
                .containsExactly((String) null);
    }

    @Test
    void aModelThatMovedIsFollowedWithTheToken() {
        model("new/name").token = "hf_mine";
        hub.move("old/name", "new/name");
        fixture.token("hf_mine");
        assertThat(fixture.model("old/name").resolve("model.safetensors")).hasContent("weights");
        assertThat(cache.resolve("models--old--name/refs/main")).exists();
    }

    @Test
    void aRedirectToAFileOfThisMachineIsNotFollowed() {
        model("owner/name");
        hub.fail("api", new Status(302, Map.of("Location", "file:///etc/passwd")));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageContaining("redirects to 'file:///etc/passwd', where it isn't safe to go");
    }

    @Test
    void redirectsInACircleEnd() {
        model("owner/name");
        for (int i = 0; i < 12; i++) {
            hub.fail("api", new Status(302, Map.of("Location", "/api/models/owner/name/revision/main?blobs=true")));
        }
        assertThatThrownBy(() -> fixture.model("owner/name")).hasMessageContaining("redirects more than 10 times");
    }
}
