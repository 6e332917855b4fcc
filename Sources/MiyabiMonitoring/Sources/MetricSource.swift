/// Something that figures come from.
public protocol MetricSource: Sendable {
    /// What it is called in `miyabi_source_up`.
    var name: String { get }
    /// Its figures now. What it cannot tell it leaves out.
    ///
    /// - Throws: when it can tell nothing.
    func read() async throws -> [Reading]
}

/// Reads all sources at the same time, each with a deadline.
///
/// A source that fails or hangs makes its own figures unknown, and nothing else. One that hangs is not asked again until it
/// has come back.
actor Collector {
    private let sources: [any MetricSource]
    private let deadline: Duration
    private var reading: Set<String> = []
    /// Why a source could not be read the last time.
    private(set) var problems: [String: String] = [:]

    init(_ sources: [any MetricSource], deadline: Duration = .seconds(5)) {
        (self.sources, self.deadline) = (sources, deadline)
    }

    /// What the sources say; what could not be read is missing.
    func collect() async -> [String: [Reading]] {
        var tasks: [(source: String, task: Task<Answer, Never>)] = []
        for source in sources {
            guard reading.insert(source.name).inserted else {
                problems[source.name] = "still does not answer"
                continue
            }
            tasks.append((source.name, Task { await self.ask(source) }))
        }
        var readings: [String: [Reading]] = [:]
        var own = sources.filter { source in !tasks.contains { $0.source == source.name } }
            .map { Reading(Series("miyabi_source_up", ["source": $0.name]), .gauge(0)) }
        for (source, task) in tasks {
            let answer = await task.value
            problems[source] = answer.problem
            readings[source] = answer.readings
            own.append(
                Reading(Series("miyabi_source_up", ["source": source]), .gauge(answer.readings == nil ? 0 : 1)))
            own.append(
                Reading(Series("miyabi_source_duration_seconds", ["source": source]), .gauge(answer.seconds)))
        }
        readings["monitor"] = own
        return readings
    }

    private struct Answer: Sendable {
        var readings: [Reading]?
        var problem: String?
        var seconds: Double
    }

    /// Waits for the source, but not longer than the deadline; whenever it comes back, it may be asked again.
    private func ask(_ source: any MetricSource) async -> Answer {
        let begin = ContinuousClock.now
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        let work = Task {
            do {
                let readings = try await source.read()
                let seconds = (ContinuousClock.now - begin) / .seconds(1)
                continuation.yield(Answer(readings: readings, seconds: seconds))
            } catch {
                let seconds = (ContinuousClock.now - begin) / .seconds(1)
                continuation.yield(Answer(problem: "\(error)", seconds: seconds))
            }
            self.isBack(source.name)
        }
        let limit = Task { [deadline] in
            try await Task.sleep(for: deadline)
            work.cancel()
            continuation.yield(Answer(problem: "did not answer within \(deadline)", seconds: deadline / .seconds(1)))
        }
        defer { limit.cancel() }
        for await answer in answers { return answer }
        return Answer(problem: "was cancelled", seconds: 0)
    }

    private func isBack(_ source: String) { reading.remove(source) }
}
