using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The webhooks' door of an engine in a process of its own, and the table in which what it took stands.</summary>
internal sealed class EngineDoor : IDisposable
{
    private readonly EngineProcess engine;
    private readonly HttpClient http;

    /// <param name="engine">Not started yet: the secret that <see cref="SignedDelivery"/> signs with becomes its own.</param>
    /// <param name="folder">The engine's.</param>
    public EngineDoor(EngineProcess engine, TempFolder folder)
    {
        this.engine = engine;
        Address = new Uri($"http://127.0.0.1:{engine.Port}");
        // Whoever asks before sending a body waits for the answer.
        http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        folder.Write("secrets/webhook", WebhookDoor.Secret + "\n");
    }

    public Uri Address { get; }

    /// <returns>The status, and what was said.</returns>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(SignedDelivery delivery, Action<HttpRequestMessage>? change = null)
    {
        using var request = delivery.Request();
        change?.Invoke(request);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<HttpStatusCode> StatusAsync(SignedDelivery delivery) => (await SendAsync(delivery)).Status;

    public async Task<HttpStatusCode> ReadyAsync()
    {
        using var answer = await http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <returns>The ids that are stored, as another program reads them.</returns>
    public HashSet<string> Stored() => [.. Read("SELECT Guid FROM deliveries", row => row.GetString(0))];

    /// <returns>How many rows each table has, but for that of the deliveries.</returns>
    public IReadOnlyDictionary<string, long> OtherRows() =>
        Read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('deliveries', 'sqlite_sequence')", row => row.GetString(0))
            .ToDictionary(table => table, table => Read($"SELECT COUNT(*) FROM \"{table}\"", row => row.GetInt64(0)).Single());

    /// <summary>A connection of this process, which is another one than the engine's.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(engine.DataFolder, "engine.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => http.Dispose();

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
