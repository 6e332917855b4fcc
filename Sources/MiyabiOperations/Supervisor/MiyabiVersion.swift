/// The version of Miyabi Database.
public enum MiyabiVersion {
    /// Semantic, such as "0.1.0".
    public static let current = "0.1.0"
}
