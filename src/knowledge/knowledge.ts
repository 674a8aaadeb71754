import type {
  ApiKnowledge,
  ApiSetKnowledge,
  GapKnowledge,
  NeighbourKnowledge,
  OfftopicKnowledge,
  PhrasingKnowledge,
  ProvisionKnowledge,
  TopicKnowledge,
  VocabularyKnowledge,
} from './schema.ts';
import type { StepGuidance } from './step-guidance.ts';

/** Everything staff wrote beside the text of one version of the terms. */
export interface Knowledge {
  readonly provisions: readonly ProvisionKnowledge[];
  readonly apis: readonly ApiKnowledge[];
  readonly apiSets: readonly ApiSetKnowledge[];
  readonly gaps: readonly GapKnowledge[];
  readonly neighbours: readonly NeighbourKnowledge[];
  readonly topics: readonly TopicKnowledge[];
  readonly vocabulary: VocabularyKnowledge;
  readonly offtopic: OfftopicKnowledge;
  readonly phrasing: PhrasingKnowledge;
  readonly guidance: StepGuidance;
}
