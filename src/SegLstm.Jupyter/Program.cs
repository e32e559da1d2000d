throw new System.NotImplementedException();
