using System.Text.Json;
using System.Text.Json.Serialization;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GitOps.Triggers.Storage;

/// <summary>How the domain's values stand in columns: names as text, enums as words, times as milliseconds since 1970 (so that every database orders them alike).</summary>
internal static class ColumnTypes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Configure(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<RepositoryId>().HaveConversion<RepositoryIdColumn>();
        configuration.Properties<RepositoryUrl>().HaveConversion<RepositoryUrlColumn>();
        configuration.Properties<EnvironmentName>().HaveConversion<EnvironmentNameColumn>();
        configuration.Properties<TriggerName>().HaveConversion<TriggerNameColumn>();
        configuration.Properties<CommitSha>().HaveConversion<CommitShaColumn>();
        configuration.Properties<InputHash>().HaveConversion<InputHashColumn>();
        configuration.Properties<SettingsFingerprint>().HaveConversion<SettingsFingerprintColumn>();
        configuration.Properties<ImageReference>().HaveConversion<ImageReferenceColumn>();
        configuration.Properties<RunId>().HaveConversion<RunIdColumn>();
        configuration.Properties<Expectation>().HaveConversion<ExpectationColumn>();
        configuration.Properties<Place>().HaveConversion<PlaceColumn>();
        configuration.Properties<DateTimeOffset>().HaveConversion<TimeColumn>();
        configuration.Properties<Enum>().HaveConversion<string>();
        configuration.Properties<IReadOnlyList<Finding>>().HaveConversion<JsonColumn<Finding>, JsonComparer<Finding>>();
        configuration.Properties<IReadOnlyList<string>>().HaveConversion<JsonColumn<string>, JsonComparer<string>>();
    }

    private sealed class RepositoryIdColumn() : ValueConverter<RepositoryId, string>(value => value.Value, text => RepositoryId.Parse(text));

    private sealed class RepositoryUrlColumn() : ValueConverter<RepositoryUrl, string>(value => value.Value, text => RepositoryUrl.Parse(text));

    private sealed class EnvironmentNameColumn() : ValueConverter<EnvironmentName, string>(value => value.Value, text => EnvironmentName.Parse(text));

    private sealed class TriggerNameColumn() : ValueConverter<TriggerName, string>(value => value.Value, text => TriggerName.Parse(text));

    private sealed class CommitShaColumn() : ValueConverter<CommitSha, string>(value => value.Value, text => CommitSha.Parse(text));

    private sealed class InputHashColumn() : ValueConverter<InputHash, string>(value => value.Value, text => InputHash.Parse(text));

    private sealed class SettingsFingerprintColumn() : ValueConverter<SettingsFingerprint, string>(value => value.Value, text => SettingsFingerprint.Parse(text));

    private sealed class ImageReferenceColumn() : ValueConverter<ImageReference, string>(value => value.ToString(), text => ImageReference.Parse(text));

    private sealed class RunIdColumn() : ValueConverter<RunId, string>(value => value.Value, text => RunId.Parse(text));

    private sealed class ExpectationColumn() : ValueConverter<Expectation, string>(value => JsonSerializer.Serialize(value, Json), text => JsonSerializer.Deserialize<Expectation>(text, Json)!);

    private sealed class PlaceColumn() : ValueConverter<Place, string>(value => JsonSerializer.Serialize(value, Json), text => JsonSerializer.Deserialize<Place>(text, Json)!);

    private sealed class TimeColumn() : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class JsonColumn<T>() : ValueConverter<IReadOnlyList<T>, string>(
        list => JsonSerializer.Serialize(list, Json),
        text => JsonSerializer.Deserialize<List<T>>(text, Json) ?? new List<T>());

    private sealed class JsonComparer<T>() : ValueComparer<IReadOnlyList<T>>(
        (left, right) => ReferenceEquals(left, right),
        list => list.Count,
        list => list);
}
