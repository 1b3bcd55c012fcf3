//! ECS tasks, as far as they name the interfaces that they use (rule book, section 1.16).

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::Arn;

/// One task (`DescribeTasks`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Task {
    pub task_arn: Arn,
    pub cluster_arn: Option<Arn>,
    /// `service:NAME` of a task that a service started.
    pub group: Option<String>,
    pub last_status: Option<String>,
    pub attachments: Vec<TaskAttachment>,
}

/// What is attached to a task: its interface, for one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskAttachment {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub status: Option<String>,
    pub details: Vec<TaskDetail>,
}

/// `networkInterfaceId` and its like.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskDetail {
    pub name: String,
    pub value: Option<String>,
}

impl Task {
    /// The service that started it, else its own number.
    #[must_use]
    pub fn name(&self) -> &str {
        let service = self.group.as_deref().and_then(|group| group.strip_prefix("service:"));
        service.unwrap_or_else(|| self.task_arn.as_str().rsplit('/').next().unwrap_or_default())
    }
}
