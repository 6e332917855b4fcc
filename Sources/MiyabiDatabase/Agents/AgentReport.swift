public import DynamoDB

/// What an agent tells of itself.
public struct AgentReport: Sendable, Hashable {
    /// What it is doing, for people to read.
    public var currentTask: String?
    /// How far it is, in percent: 0 to 100.
    public var progress: Int
    /// Whatever else it wants to find again, when it goes on elsewhere too.
    public var data: Item

    /// What an agent tells of itself.
    public init(currentTask: String? = nil, progress: Int = 0, data: Item = [:]) {
        self.currentTask = currentTask
        self.progress = progress
        self.data = data
    }

    /// Refuses what the table would not take.
    func check() throws(AgentStateError) {
        guard (0...100).contains(progress) else {
            throw AgentStateError(.progressOutOfRange, "progress is a percentage from 0 to 100, not \(progress)")
        }
        guard ItemLimits.allowNesting(of: data) else {
            throw AgentStateError(.tooDeep, "an agent's data nest deeper than \(ItemLimits.depth) levels")
        }
    }
}
